<?cs # frame: public ?>
<?cs call:fault_page("file-alert", "{{That is too large.}}", "{{Nothing was saved. Send a smaller file, or several smaller ones.}}") ?>
