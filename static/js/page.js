// The focus goes to the note that counts a form's faults, on load and after htmx put a form in.
(function () {
    const focus = (root) => root.querySelector('[data-focus]')?.focus();

    document.addEventListener('DOMContentLoaded', () => focus(document));
    document.addEventListener('htmx:afterSwap', (event) => focus(event.target));
})();

// Files that are too large are named before they are sent: the whole form would be refused with them.
(function () {
    const sizeOf = (input) => [...input.files].reduce((sum, file) => sum + file.size, 0);

    document.addEventListener('submit', (event) => {
        for (const input of event.target.querySelectorAll('input[type=file][data-most]')) {
            const fault = document.getElementById(`${input.id}-most`);

            fault.hidden = sizeOf(input) <= Number(input.dataset.most);
            if (!fault.hidden) {
                event.preventDefault();
                event.stopImmediatePropagation();
                input.focus();
            }
        }
    }, true);
})();

// What was typed outlives a session that ended meanwhile: this tab keeps a form with data-keep (whose it is)
// when it is sent, and puts it back for the same person when the log-in led to the same form again.
(function () {
    const KEY = 'fw-typed';
    const read = () => JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    const write = (kept) => sessionStorage.setItem(KEY, JSON.stringify(kept));
    const isTyped = ({ name, type }) =>
        name !== '' && !['hidden', 'file', 'password', 'submit', 'button'].includes(type);
    const isChoice = ({ type }) => type === 'radio' || type === 'checkbox';
    const typedIn = (form) => [...form.elements].filter(isTyped);

    function keep({ target: form }) {
        if (form.dataset.keep)
            write({
                who: form.dataset.keep,
                path: new URL(form.action).pathname,
                fields: typedIn(form).map((one) => [one.name, isChoice(one) ? one.checked : one.value]),
            });
    }

    // The last row of a table of inputs once more, with the next number in its names.
    function addRow(row) {
        const more = row.cloneNode(true), number = row.rowIndex;

        for (const one of more.querySelectorAll('[id], [for], [value^=remove]'))
            for (const name of ['id', 'for', 'value'])
                if (/-\d+$/.test(one.getAttribute(name) ?? ''))
                    one.setAttribute(name, one.getAttribute(name).replace(/\d+$/, number));
        row.after(more);
    }

    function addRows(form, kept) {
        for (const body of form.querySelectorAll('tbody[data-rows]')) {
            const wanted = kept.fields.filter(([name]) => name === body.dataset.rows).length;

            while (body.rows.length < wanted)
                addRow(body.rows[body.rows.length - 1]);
        }
    }

    function putBack(form, kept) {
        const left = [...kept.fields];

        addRows(form, kept);
        for (const one of typedIn(form)) {
            const at = left.findIndex(([name]) => name === one.name);

            if (at >= 0)
                one[isChoice(one) ? 'checked' : 'value'] = left.splice(at, 1)[0][1];
        }
        for (const note of document.querySelectorAll('[data-put-back]'))
            note.hidden = false;
    }

    function look() {
        const kept = read();

        if (kept === null)
            return;
        if (document.querySelector('form[action="/login"], form[action="/2fa"]')) {
            write({ ...kept, loggedIn: true });
            for (const note of document.querySelectorAll('[data-kept]'))
                note.hidden = false;
            return;
        }
        sessionStorage.removeItem(KEY);
        const form = [...document.querySelectorAll('form[data-keep]')]
            .find((one) => new URL(one.action).pathname === kept.path && one.dataset.keep === kept.who);

        if (form && kept.loggedIn)
            putBack(form, kept);
    }

    document.addEventListener('submit', keep);
    document.addEventListener('DOMContentLoaded', look);
})();

// A board's card goes to another column by the page's one form, which is filled in here: the card is dropped
// there, or moved on by an arrow key while it has the focus, or its “Move” brings the form into it.  Without a
// script that is a link to the same page with the form filled in.
(function () {
    const form = document.querySelector('[data-board]') && document.getElementById('move');

    if (!form)
        return;
    const board = document.querySelector('[data-board]'), { stage, row_version: version } = form.elements;
    const columnOf = (node) => node.closest('[data-stage]');
    const columns = [...board.querySelectorAll('[data-stage]')];
    const cardOf = (node) => node.closest?.('li[data-version]');
    let dragged = null;

    for (const card of board.querySelectorAll('li[data-version]')) {
        card.draggable = true;
        card.tabIndex = 0;
        card.setAttribute('aria-label', card.querySelector('p').textContent);
        card.setAttribute('aria-describedby', 'board-help');
    }

    // The form is of this card now, and of the columns that it is not in.
    function fill(card) {
        const here = columnOf(card);

        form.querySelector('p')?.remove();
        form.action = `${card.querySelector('a').pathname}/stage`;
        version.value = card.dataset.version;
        stage.replaceChildren(...columns.filter((column) => column !== here)
            .map((column) => new Option(column.querySelector('h2').firstChild.data.trim(), column.dataset.stage)));
        stage.value = (columns[columns.indexOf(here) + 1] ?? columns[0]).dataset.stage;
    }

    function move(card, column) {
        if (!column || column === columnOf(card))
            return;
        fill(card);
        stage.value = column.dataset.stage;
        form.requestSubmit();
    }

    function open(card) {
        const isHere = !form.hidden && form.parentNode === card;

        fill(card);
        card.append(form);
        form.hidden = isHere;
        if (!isHere)
            stage.focus();
    }

    function shut() {
        const card = cardOf(form);

        form.hidden = true;
        card?.querySelector('.fw-mv').focus();
    }

    board.addEventListener('click', (event) => {
        const link = event.target.closest('.fw-mv');

        if (!link || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
            return;
        event.preventDefault();
        open(cardOf(link));
    });
    board.addEventListener('dragstart', (event) => {
        dragged = cardOf(event.target);
        if (dragged)
            event.dataTransfer.effectAllowed = 'move';
    });
    board.addEventListener('dragover', (event) => {
        if (dragged && columnOf(event.target))
            event.preventDefault();
    });
    board.addEventListener('drop', (event) => {
        const column = columnOf(event.target);

        if (!dragged || !column)
            return;
        event.preventDefault();
        move(dragged, column);
        dragged = null;
    });
    board.addEventListener('keydown', (event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];

        if (event.key === 'Escape' && form.contains(event.target))
            shut();
        if (!step || event.target !== cardOf(event.target) || event.altKey || event.ctrlKey || event.metaKey)
            return;
        event.preventDefault();
        move(event.target, columns[columns.indexOf(columnOf(event.target)) + step]);
    });
})();
