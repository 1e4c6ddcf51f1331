<?cs # frame: mail ?>
<?cs call:mail_subject("{{Choose a new password}}") ?>
<?cs call:mail_p("{{Somebody, most likely you, asked for a new password for this address. The link works once, for 60 minutes.}}") ?>
<?cs call:mail_button("{{Choose a new password}}", Mail.Link) ?>
<?cs call:mail_fact("{{Asked from}}", Mail.Address) ?>
<?cs call:mail_small("{{If it was not you, do nothing: your password stays as it is.}}") ?>
