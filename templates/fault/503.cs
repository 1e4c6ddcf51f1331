<?cs # frame: public ?>
<?cs call:fault_page("plug-off", "{{The portal is busy or being maintained.}}", "{{Nothing was changed. It comes back by itself; try again in a moment.}}") ?>
