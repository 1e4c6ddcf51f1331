<?cs # frame: mail ?>
<?cs call:mail_subject("{{Your second factor was turned off}}") ?>
<?cs call:mail_p("{{Your log-in no longer asks for a code. Where one is required, you set up a new one at your next log-in.}}") ?>
<?cs call:mail_small("{{If neither you nor your administrator did this, change your password and tell your administrator.}}") ?>
