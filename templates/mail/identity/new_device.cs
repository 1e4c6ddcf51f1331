<?cs # frame: mail ?>
<?cs call:mail_subject("{{Log-in from a new browser}}") ?>
<?cs call:mail_p("{{Somebody, most likely you, logged in as you from a browser that you have not used here before.}}") ?>
<?cs call:mail_fact("{{Browser}}", Mail.Browser) ?>
<?cs call:mail_fact("{{Address}}", Mail.Address) ?>
<?cs call:mail_small("{{If it was not you, change your password and end that session under “My account”.}}") ?>
