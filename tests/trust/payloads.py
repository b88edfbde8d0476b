"""Sixty ways to make a page run what somebody typed, and a look at whether a page would."""

from typing import Any

import html5lib

RUN = "ran=1"
TAG = "x-ran"
EVENTS = (
    "onerror",
    "onload",
    "onclick",
    "onfocus",
    "onmouseover",
    "ontoggle",
    "onanimationstart",
    "onpointerenter",
)
CLOSERS = (
    "",
    '">',
    "'>",
    "</p>",
    "</textarea>",
    "</title>",
    "</option></select>",
    "-->",
    "]]>",
    "</script>",
    "</style>",
)
PAYLOADS: tuple[str, ...] = (
    *(f"{close}<script>{RUN}</script>" for close in CLOSERS),
    *(f"{close}<img src=x onerror={RUN}>" for close in CLOSERS),
    *(f"{close}<svg/onload={RUN}>" for close in CLOSERS),
    *(f'" {event}="{RUN}' for event in EVENTS),
    *(f"' {event}='{RUN}" for event in EVENTS),
    f"<{TAG}>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "{{ settings.SECRET_KEY }}{% debug %}",
    f"<a href=javascript:{RUN}>看</a>",
    f"<iframe srcdoc='<script>{RUN}</script>'>",
    f"<base href='//{TAG}.invalid/'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<style>@import'//{TAG}.invalid'</style>",
    f"\u2028<script>{RUN}</script>",
)
LINKS = ("href", "src", "action", "formaction", "srcdoc", "content", "data", "xlink:href")


def would_run(page: bytes) -> list[str]:
    """Return what in a page comes from a payload and would run, load or be an element, as a browser parses it."""
    tree = html5lib.parse(page.decode("utf-8", "replace"), treebuilder="etree", namespaceHTMLElements=False)
    return [
        found for element in tree.iter() if isinstance(element.tag, str) for found in _in_element(element)
    ]


def _in_element(element: Any) -> list[str]:
    tag = element.tag.rpartition("}")[2]
    found = [f"<{tag}>"] if tag == TAG else []
    if tag in ("script", "style") and (RUN in (element.text or "") or TAG in (element.text or "")):
        found.append(f"<{tag}> with our words")
    for name, value in element.attrib.items():
        runs = name.startswith("on") or (
            name in LINKS and value.strip().lower().startswith(("javascript:", "data:text"))
        )
        if (runs and RUN in value) or (name in LINKS and TAG in value):
            found.append(f"{tag} {name}={value[:40]}")
    return found
