<?cs # frame: public ?>
<?cs include:"layout/fault.cs" ?>
<?cs call:fault("alert-triangle", "{{This request cannot be read.}}", "{{Nothing was changed. Go back and try again; if an application sent it, its message is malformed.}}") ?>
