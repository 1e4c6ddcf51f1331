<?cs # frame: mail ?>
<?cs call:mail_subject("{{You are invited}}") ?>
<?cs call:mail_p("{{%1$s invites you to the portal for %2$s. Choose a password to begin; the link works once, for 7 days.|Mail.By|Mail.Account}}") ?>
<?cs call:mail_button("{{Accept the invitation}}", Mail.Link) ?>
<?cs call:mail_small("{{If you do not expect this invitation, do nothing.}}") ?>
