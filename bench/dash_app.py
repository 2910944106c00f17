"""Run in Dash's own environment, under gunicorn: the rows of a timeline as a data desk's app would show them.

`ROWS` names a file of one JSON object a line. The layout is one chart and is made once, when a process begins: every
request of `/_dash-layout` sends the same. That favours Dash: neither a table nor a filter stands beside it.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
from dash import Dash, dcc, html

_DAY = 86_400_000


def _rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(os.environ["ROWS"]).read_text("utf-8").splitlines()]


def _figure(rows: list[dict[str, Any]]) -> go.Figure:
    """One bar trace for each status, as `plotly.express.timeline` would draw them."""
    figure = go.Figure()
    for status in sorted({row["status"] for row in rows}):
        own = [row for row in rows if row["status"] == status]
        figure.add_bar(
            name=status,
            orientation="h",
            base=[row["starts"] for row in own],
            x=[(date.fromisoformat(row["ends"]) - date.fromisoformat(row["starts"])).days * _DAY for row in own],
            y=[f"{row['supplier']} {row['weapon']} {row['track']}" for row in own],
            customdata=[row["position"] for row in own],
        )
    return figure.update_layout(barmode="overlay", xaxis_type="date")


app = Dash(__name__)
app.layout = html.Div([html.H1("Timeline"), dcc.Graph(figure=_figure(_rows()))])
server = app.server
