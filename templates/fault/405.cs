<?cs # frame: public ?>
<?cs call:fault_page("ban", "{{This address does not take that kind of request.}}", "{{Nothing was changed. Open the page itself and use its buttons.}}") ?>
