<?cs # frame: mail ?>
<?cs # The mail of the day.  Mail.{Title,More,Settings,Unsubscribe}, Mail.Records.n.{Title,Href}, .Items.n.{Title,Text,At,Reason} ?>
<?cs call:mail_subject("{{Your day in the portal: %s|Mail.Title}}") ?>
<?cs each:record = Mail.Records ?><?cs call:mail_head(record.Title, record.Href) ?>
<?cs each:item = record.Items ?><?cs call:mail_item(item.Title, item.Text, item.At) ?><?cs /each ?><?cs /each ?>
<?cs if:Mail.More ?><?cs call:mail_p("{{And %s more, in the portal.|Mail.More}}") ?><?cs /if ?>
<?cs call:mail_button("{{Open in the portal}}", Mail.BaseUrl + "/") ?>
<?cs call:mail_link("{{No more mail of the day}}", Mail.Unsubscribe) ?>
<?cs if:Mail.Settings ?><?cs call:mail_link("{{Choose what you are told by mail, and when}}", Mail.BaseUrl + Mail.Settings) ?><?cs /if ?>
