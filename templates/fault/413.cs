<?cs # frame: public ?>
<?cs include:"layout/fault.cs" ?>
<?cs call:fault("file-alert", "{{That is too large.}}", "{{Nothing was saved. Send a smaller file, or several smaller ones.}}") ?>
