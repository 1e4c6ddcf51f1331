<?cs # frame: public ?>
<?cs include:"layout/fault.cs" ?>
<?cs call:fault("refresh-alert", "{{This changed meanwhile.}}", "{{Nothing of yours was saved. Go back, reload the page to see how it stands now, and decide again.}}") ?>
