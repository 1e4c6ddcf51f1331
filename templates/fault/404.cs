<?cs # frame: public ?>
<?cs include:"layout/fault.cs" ?>
<?cs call:fault("search", "{{There is no such page, or it is not yours to see.}}", "{{Check the address, or begin at home. If somebody sent you the link, ask them whether you should have access.}}") ?>
