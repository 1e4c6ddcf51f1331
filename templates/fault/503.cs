<?cs # frame: public ?>
<?cs include:"layout/fault.cs" ?>
<?cs call:fault("plug-off", "{{The portal is busy or being maintained.}}", "{{Nothing was changed. It comes back by itself; try again in a moment.}}") ?>
