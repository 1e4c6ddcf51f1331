// The focus goes to the note that counts a form's faults, on load and after htmx put a form in.
(function () {
    const focus = (root) => root.querySelector('[data-focus]')?.focus();

    document.addEventListener('DOMContentLoaded', () => focus(document));
    document.addEventListener('htmx:afterSwap', (event) => focus(event.target));
})();
