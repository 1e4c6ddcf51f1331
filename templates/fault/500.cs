<?cs # frame: public ?>
<?cs call:fault_page("alert-triangle", "{{This page failed. Nothing was changed.}}", "{{The fault is recorded. Try again; if it stays, tell us the reference below.}}") ?>
