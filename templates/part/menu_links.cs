<?cs # frame: none ?>
<?cs # The menu as links in the top bar: Nav.n.Items.n.{Label,Href,Current} ?>
<nav aria-label="{{Main}}"><ul><?cs each:group = Nav ?><?cs each:item = group.Items ?><li><a href="<?cs var:item.Href ?>"<?cs if:item.Current ?> aria-current="page"<?cs /if ?>><?cs var:item.Label ?></a></li><?cs /each ?><?cs /each ?></ul></nav>
