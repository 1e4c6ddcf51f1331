<?cs # frame: mail ?>
<?cs # What a person is told in the portal, as a mail.  Mail.{Title,Text,Path,Settings}; Mail.Always, or
     Mail.{Unsubscribe,Mute}, which lead to a page that asks ?>
<?cs call:mail_subject(Mail.Title) ?>
<?cs if:Mail.Text ?><?cs call:mail_p(Mail.Text) ?><?cs /if ?>
<?cs call:mail_button("{{Open in the portal}}", Mail.BaseUrl + Mail.Path) ?>
<?cs if:Mail.Always ?><?cs call:mail_small("{{This mail is always sent, whatever you chose.}}") ?><?cs /if ?>
<?cs if:Mail.Mute ?><?cs call:mail_link("{{No more mails about this record}}", Mail.Mute) ?><?cs /if ?>
<?cs if:Mail.Unsubscribe ?><?cs call:mail_link("{{No more mails of this kind}}", Mail.Unsubscribe) ?><?cs /if ?>
<?cs if:Mail.Settings ?><?cs call:mail_link("{{Choose what you are told by mail, and when}}", Mail.BaseUrl + Mail.Settings) ?><?cs else ?><?cs call:mail_small("{{What you are told by mail you choose in the portal under Notifications.}}") ?><?cs /if ?>
