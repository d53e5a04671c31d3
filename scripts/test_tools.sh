#!/bin/sh
# Provides the programs that the tests drive: a browser, Graphviz, rapper, LibreOffice, the Argdown
# tools, axe, a SPARQL server and client of other makes, and the libraries that draw graphs in pages.
# Debian's packages where they may be installed, and a message that names what is missing elsewhere.
set -eu
argdown=1.7.5
arguebuf=2.7.2
axe=4.14.1
comunica=5.4.1
cytoscape=3.35.0
mermaid=12.3.0

have() { for name; do command -v "$name" >/dev/null && return 0; done; return 1; }
browser() { have chromium chromium-browser google-chrome; }
can_install() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }

playwright() { .venv/bin/python -m playwright --version >/dev/null 2>&1; }

missing=""
playwright || missing="$missing libatomic1"
browser || missing="$missing chromium fonts-dejavu-core"
have dot || missing="$missing graphviz"
have rapper || missing="$missing raptor2-utils"
have soffice || missing="$missing libreoffice-calc-nogui libreoffice-writer-nogui"
have pdftotext || missing="$missing poppler-utils"
have virtuoso-t || missing="$missing virtuoso-opensource-7-bin"
if [ -n "$missing" ] && can_install; then
    echo "Installing$missing" >&2
    [ "$(id -u)" = 0 ] && run="" || run="sudo -n"
    $run apt-get update -q >/dev/null
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive $run apt-get install -y -q --no-install-recommends $missing >/dev/null
fi
if ! playwright; then
    echo "error: Playwright does not start; run: apt-get install libatomic1" >&2
    exit 1
fi
if ! browser && ! .venv/bin/python -m playwright install chromium >&2; then
    echo "error: the browser tests need Chromium; run: apt-get install chromium" >&2
    exit 1
fi
for pair in dot:graphviz rapper:raptor2-utils soffice:libreoffice-calc-nogui pdftotext:poppler-utils \
    virtuoso-t:virtuoso-opensource-7-bin; do
    if ! have "${pair%%:*}"; then
        echo "error: the tests need ${pair%%:*}; run: apt-get install ${pair##*:}" >&2
        exit 1
    fi
done
if [ ! -x ".tools/node_modules/.bin/argdown" ] || [ ! -e ".tools/node_modules/axe-core/axe.min.js" ] \
    || [ ! -x ".tools/node_modules/.bin/comunica-sparql" ] || [ ! -e ".tools/node_modules/cytoscape" ] \
    || [ ! -e ".tools/node_modules/mermaid/dist/mermaid.min.js" ]; then
    echo "Installing @argdown/cli $argdown, axe-core $axe, Comunica $comunica, cytoscape $cytoscape," \
        "mermaid $mermaid into .tools" >&2
    mkdir -p .tools
    PATH="$PWD/.venv/bin:$PATH" npm install --loglevel=error --no-audit --no-fund --no-package-lock \
        --prefix .tools "@argdown/cli@$argdown" "axe-core@$axe" \
        "@comunica/query-sparql@$comunica" "cytoscape@$cytoscape" "mermaid@$mermaid" >&2
fi
if ! .tools/arguebuf/bin/python -c 'import arguebuf' 2>/dev/null; then
    echo "Installing arguebuf $arguebuf into .tools/arguebuf, as it needs older libraries" >&2
    rm -rf .tools/arguebuf
    .venv/bin/python -m venv .tools/arguebuf
    .tools/arguebuf/bin/pip install --quiet --disable-pip-version-check "arguebuf==$arguebuf" >&2
fi
