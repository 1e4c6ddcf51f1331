<?cs # frame: public ?>
<?cs include:"layout/fault.cs" ?>
<?cs call:fault("ban", "{{This address does not take that kind of request.}}", "{{Nothing was changed. Open the page itself and use its buttons.}}") ?>
