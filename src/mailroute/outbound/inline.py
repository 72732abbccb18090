"""A mail's stylesheet, written into its elements, for many readers know nothing else. css-inline's home."""

from css_inline import CSSInliner, InlineError

from mailroute.domain.errors import Misconfigured

_INLINER = CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, minify_css=True)
"""Nothing is ever fetched. Rules that cannot be inlined (@media) stay in a style element of their own."""


def inlined(html: str) -> str:
    """*html* with its rules in the elements.

    It must come from our templates, values escaped: css-inline dies of some ten thousand nested elements, which no
    stranger's text can make.

    Raises:
        Misconfigured: the stylesheet of a template cannot be read.
    """
    try:
        return _INLINER.inline(html)
    except InlineError as error:
        raise Misconfigured(f"a stylesheet among the templates: {error}") from error
