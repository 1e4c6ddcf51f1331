<?cs # frame: mail ?>
<?cs call:mail_subject("{{Your application %s|Mail.Number}}") ?>
<?cs call:mail_p("{{We have read the application of %s, and cannot accept it.|Mail.Company}}") ?>
<?cs call:mail_p(Mail.Text) ?>
