<?cs # frame: mail ?>
<?cs # A lead is offered.  Mail.{Title,Text,Path,Settings}, Mail.{Accept,Decline} while it can be answered from here;
     Mail.{Unsubscribe,Mute} as in mail/notification/event.cs ?>
<?cs call:mail_subject(Mail.Title) ?>
<?cs call:mail_p(Mail.Text) ?>
<?cs call:mail_button("{{Look at the lead}}", Mail.BaseUrl + Mail.Path) ?>
<?cs if:Mail.Answer ?><?cs call:mail_link("{{Accept or decline without logging in}}", Mail.Answer) ?><?cs /if ?>
<?cs call:mail_small("{{Who asks is shown when you have accepted.}}") ?>
<?cs if:Mail.Unsubscribe ?><?cs call:mail_link("{{No more mails of this kind}}", Mail.Unsubscribe) ?><?cs /if ?>
<?cs if:Mail.Settings ?><?cs call:mail_link("{{Choose what you are told by mail, and when}}", Mail.BaseUrl + Mail.Settings) ?><?cs /if ?>
