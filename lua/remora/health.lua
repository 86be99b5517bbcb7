--- :checkhealth remora
local M = {}

local health = vim.health
local host = require("remora.host")

local SETUP = "Run scripts/setup in the plugin's folder, or :Remora setup."

local function check_neovim()
  health.start("Neovim")
  if vim.fn.has("nvim-0.11") == 1 then
    health.ok(tostring(vim.version()))
  else
    health.error(("%s is too old"):format(tostring(vim.version())), "Install Neovim 0.11 or newer.")
  end
  for _, message in ipairs(require("remora.config").problems()) do
    health.error(message, "See :help remora-options.")
  end
end

local PROBE = [[
import importlib.metadata as m, sys
print("%d.%d.%d" % sys.version_info[:3])
print(m.version("pynvim"))]]

local function check_python()
  health.start("Python")
  local python = host.python()
  if not python then
    return health.error("no Python environment in " .. table.concat(host.candidates(), " or "), SETUP)
  end
  local ok, job = pcall(vim.system, { python, "-c", PROBE }, { text = true, timeout = 5000 })
  if not ok then
    return health.error(("cannot run %s"):format(python), "Set vim.g.remora_python to a Python 3.11 or newer.")
  end
  local result = job:wait()
  local version, pynvim = unpack(vim.split(result.stdout or "", "\n"))
  if result.code ~= 0 then
    health.error(("%s cannot load pynvim: %s"):format(python, vim.trim(result.stderr):match("[^\n]*$")), SETUP)
  elseif vim.version.lt(version, "3.11") then
    health.error(("%s is Python %s"):format(python, version), "Remora needs Python 3.11 or newer. " .. SETUP)
  else
    health.ok(("%s: Python %s, pynvim %s"):format(python, version, pynvim))
  end
end

local function check_parsers()
  health.start("Text objects")
  local files = vim.api.nvim_get_runtime_file("queries/*/remora.scm", true)
  local langs = {}
  for _, file in ipairs(files) do
    langs[vim.fs.basename(vim.fs.dirname(file))] = true
  end
  for lang in vim.spairs(langs) do
    if pcall(vim.treesitter.language.inspect, lang) then
      health.ok(("%s: Neovim's parser"):format(lang))
    else
      health.info(("%s: no parser in Neovim; the server's parser is used"):format(lang))
    end
  end
end

local function check_server()
  health.start("Server")
  if not host.is_running() then
    return health.info("not started yet; the first request starts it")
  end
  local answer
  host.request("status", {}, function(err, status)
    answer = { err = err, status = status }
  end)
  vim.wait(3000, function()
    return answer ~= nil
  end, 20)
  if not answer then
    health.error("no answer within 3 seconds", "See :Remora log; `remora serve --stop` ends the server.")
  elseif answer.err then
    health.error(answer.err.message)
  else
    health.ok(("pid %s, version %s"):format(answer.status.pid, answer.status.version))
    for _, line in ipairs(require("remora.ui.status").lines(answer.status)) do
      health.info(line)
    end
    for _, workspace in ipairs(answer.status.workspaces) do
      vim.iter(workspace.notices):each(health.warn)
    end
  end
end

--- Report on the installation and the running parts.
function M.check()
  check_neovim()
  check_python()
  check_parsers()
  check_server()
end

return M
