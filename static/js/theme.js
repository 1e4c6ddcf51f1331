// Theme "as my device", before anything is drawn, for browsers that do not send
// Sec-CH-Prefers-Color-Scheme.  Loaded only when the page does not know the theme already.
(function () {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const apply = () =>
        document.documentElement.setAttribute('data-bs-theme', dark.matches ? 'dark' : 'light');

    apply();
    dark.addEventListener('change', apply);
})();
