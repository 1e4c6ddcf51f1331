<?cs # frame: public ?>
<?cs call:fault_page("hourglass", "{{Too many tries.}}", "{{Nothing was changed. Wait a little, then try again.}}") ?>
