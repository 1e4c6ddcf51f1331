<?cs # frame: mail ?>
<?cs call:mail_subject("{{Your second factor was set up}}") ?>
<?cs call:mail_p("{{An authenticator app was set up for your log-in, and new recovery codes were made. Codes from before no longer work.}}") ?>
<?cs call:mail_fact("{{Browser}}", Mail.Browser) ?>
<?cs call:mail_fact("{{Address}}", Mail.Address) ?>
<?cs call:mail_small("{{If it was not you, change your password and tell your administrator.}}") ?>
