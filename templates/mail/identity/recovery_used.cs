<?cs # frame: mail ?>
<?cs call:mail_subject("{{A recovery code was used}}") ?>
<?cs call:mail_p("{{Somebody, most likely you, logged in with one of your recovery codes. That code is used up.}}") ?>
<?cs call:mail_fact("{{Browser}}", Mail.Browser) ?>
<?cs call:mail_fact("{{Address}}", Mail.Address) ?>
<?cs call:mail_small("{{If it was not you, change your password and make new recovery codes under “My account”.}}") ?>
