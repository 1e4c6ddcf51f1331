<?cs # frame: none ?>
<?cs # The bar at the bottom of a phone: Nav.n.Items.n.{Tab,Href,Icon,Current} ?>
<nav aria-label="{{Shortcuts}}"><ul class="fw-tabs"><?cs each:group = Nav ?><?cs each:item = group.Items ?><?cs if:item.Tab ?><li><a href="<?cs var:item.Href ?>"<?cs if:item.Current ?> aria-current="page"<?cs /if ?>><?cs call:icon(item.Icon) ?><span><?cs var:item.Tab ?></span></a></li><?cs /if ?><?cs /each ?><?cs /each ?><li><button type="button" popovertarget="nav"><?cs call:icon("dots") ?><span>{{More}}</span></button></li></ul></nav>
