"""The reading API: the rows of the pages, for programs. The criteria are the pages', the rows the record's queries'."""
