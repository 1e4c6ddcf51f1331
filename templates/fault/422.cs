<?cs # frame: public ?>
<?cs include:"layout/fault.cs" ?>
<?cs call:fault("alert-circle", "{{Something in this request does not fit.}}", "{{Nothing was changed. Go back and check the address and what you typed.}}") ?>
