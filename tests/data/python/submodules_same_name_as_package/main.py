import tool.tool
tool.tool.tool()
