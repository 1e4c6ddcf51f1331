<?cs # frame: public ?>
<?cs include:"layout/fault.cs" ?>
<?cs call:fault("hourglass", "{{Too many tries.}}", "{{Nothing was changed. Wait a little, then try again.}}") ?>
