<?cs # frame: public ?>
<?cs include:"layout/fault.cs" ?>
<?cs call:fault("alert-triangle", "{{This page failed. Nothing was changed.}}", "{{The fault is recorded. Try again; if it stays, tell us the reference below.}}") ?>
