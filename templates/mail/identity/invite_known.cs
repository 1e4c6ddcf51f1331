<?cs # frame: mail ?>
<?cs call:mail_subject("{{An invitation that cannot be used}}") ?>
<?cs call:mail_p("{{%1$s wants to invite you to the portal for %2$s. This address has a log-in already, and an address can have only one.|Mail.By|Mail.Account}}") ?>
<?cs call:mail_p("{{If you want to accept, ask them to invite another address of yours. They were not told that this one is in use.}}") ?>
