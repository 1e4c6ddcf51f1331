<?cs # frame: public ?>
<?cs call:fault_page("refresh-alert", "{{This changed meanwhile.}}", "{{Nothing of yours was saved. Go back, reload the page to see how it stands now, and decide again.}}") ?>
