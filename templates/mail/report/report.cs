<?cs # frame: mail ?>
<?cs # A report at the hour that its reader chose: Mail.{Title,Text,Address,IsGone,IsLate,IsEmpty,More}, Mail.Rows.n.{Label,Text} ?>
<?cs call:mail_subject("{{Report: %s|Mail.Title}}") ?>
<?cs if:Mail.IsGone ?><?cs call:mail_p("{{You may not see this report, or not all of its fields, any more. Open it to look, or to end these mails.}}") ?>
<?cs elif:Mail.IsLate ?><?cs call:mail_p("{{This report takes too long. Narrow it by a filter, such as the last 90 days.}}") ?>
<?cs else ?><?cs if:Mail.Text ?><?cs call:mail_p(Mail.Text) ?><?cs /if ?>
<?cs if:Mail.IsEmpty ?><?cs call:mail_p("{{There is no record that you may see and that its filters let through.}}") ?><?cs /if ?>
<?cs each:row = Mail.Rows ?><?cs call:mail_fact(row.Label, row.Text) ?><?cs /each ?>
<?cs if:Mail.More ?><?cs call:mail_p("{{There are more rows, in the portal.}}") ?><?cs /if ?><?cs /if ?>
<?cs call:mail_button("{{Open the report}}", Mail.BaseUrl + Mail.Address) ?>
<?cs call:mail_small("{{The mails end where they began: on the page of the report, under “By mail”.}}") ?>
