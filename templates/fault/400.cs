<?cs # frame: public ?>
<?cs call:fault_page("alert-triangle", "{{This request cannot be read.}}", "{{Nothing was changed. Go back and try again; if an application sent it, its message is malformed.}}") ?>
