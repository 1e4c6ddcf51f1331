<?cs # frame: mail ?>
<?cs call:mail_subject("{{The e-mail of your log-in was changed}}") ?>
<?cs call:mail_p("{{From now on you log in as %2$s instead of %1$s. Links that were sent before no longer work.|Mail.Old|Mail.New}}") ?>
<?cs call:mail_small("{{If you did not ask for this, tell the portal’s staff at once.}}") ?>
