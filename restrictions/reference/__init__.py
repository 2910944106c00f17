"""Reference data and the starter record: files kept beside the code, and functions that read and check them."""
