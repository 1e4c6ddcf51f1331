<?cs # frame: mail ?>
<?cs call:mail_subject("{{Your password was changed}}") ?>
<?cs call:mail_p("{{The password of your log-in was changed, and everybody who was logged in with the old one was logged out.}}") ?>
<?cs call:mail_fact("{{Browser}}", Mail.Browser) ?>
<?cs call:mail_fact("{{Address}}", Mail.Address) ?>
<?cs call:mail_small("{{If it was not you, choose a new password at once by “Forgot your password?” and tell your administrator.}}") ?>
