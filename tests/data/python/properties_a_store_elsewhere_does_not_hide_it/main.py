from web import Page

page = Page()
page.query = "text"
page.part().query = "text"
page.run()
