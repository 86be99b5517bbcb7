from web import Page

page = Page()
page.query = [("a", "b")]
page.part().query = "text"
page.run()
