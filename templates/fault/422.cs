<?cs # frame: public ?>
<?cs call:fault_page("alert-circle", "{{Something in this request does not fit.}}", "{{Nothing was changed. Go back and check the address and what you typed.}}") ?>
