<?cs # frame: public ?>
<?cs call:fault_page("lock", "{{This form is not valid any more.}}", "{{Nothing was changed. Go back, reload the page and send the form again. What you typed is usually still there.}}") ?>
