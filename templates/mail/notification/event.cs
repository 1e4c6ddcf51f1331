<?cs # frame: mail ?>
<?cs # What a person is told in the portal, as a mail.  Mail.{Title,Text,Path} ?>
<?cs call:mail_subject(Mail.Title) ?>
<?cs if:Mail.Text ?><?cs call:mail_p(Mail.Text) ?><?cs /if ?>
<?cs call:mail_button("{{Open in the portal}}", Mail.BaseUrl + Mail.Path) ?>
<?cs call:mail_small("{{What you are told by mail you choose in the portal under Notifications.}}") ?>
