#include "host/commands/target.hpp"

#include <stdexcept>

#include "host/tools/shell_word.hpp"

namespace host {

namespace {

/// Of a call, where the configuration says nothing else: who waits longer thinks that it hangs.
constexpr auto kTestTimeout = std::chrono::seconds(10);

harness::Paste paste_for(const Options& options, const ServerSpec& spec) {
  harness::Paste paste;
  if (options.config) paste.before += " --config " + shell_word(options.config->string());
  if (!options.command.empty()) {
    paste.after = " -- " + spec.name;
  } else {
    paste.before += " " + shell_word(spec.name);
    if (spec.own) paste.after = " --data \"$(mktemp -d)\"";
  }
  return paste;
}

}  // namespace

Options apart(const Options& options, const std::filesystem::path& data) {
  Options changed = options;
  if (!options.config) changed.config = config_file(options.data);
  changed.data = data;
  return changed;
}

Target find_target(const Options& options, const std::string& server) {
  Target target{.folder = std::make_unique<harness::Throwaway>()};
  const Session session(apart(options, target.folder->data()));
  const Toolbox toolbox(server_specs(session));
  target.spec = *toolbox.find(find_server(options, toolbox, server));
  if (const std::string why = cannot_start(target.spec); !why.empty())
    throw std::runtime_error(why);
  if (target.spec.own)
    target.spec.args = target.folder->args_for(target.spec.name, session.times.zone().id());
  if (target.spec.call_timeout == kCallTimeout) target.spec.call_timeout = kTestTimeout;
  target.paste = paste_for(options, target.spec);
  return target;
}

ServerSpec find_bare_spec(const Session& session, const std::string& name) {
  const Toolbox toolbox(server_specs(session));
  ServerSpec spec = *toolbox.find(find_server(session.options, toolbox, name));
  if (const std::string why = cannot_start(spec); !why.empty()) throw std::runtime_error(why);
  if (!spec.own) return spec;
  spec.env.clear();
  spec.args = {"--data", session.data.string(), "--zone", session.times.zone().id(), "--tools",
               "all"};
  if (session.clock_file.exists())
    spec.args.insert(spec.args.end(), {"--clock", session.clock_file.path().string()});
  return spec;
}

ServerSpec spec_of_command(const std::vector<std::string>& command) {
  std::string name;
  for (const std::string& word : command)
    name.append(name.empty() ? "" : " ").append(shell_word(word));
  return {.name = name, .program = command.front(), .args = {command.begin() + 1, command.end()}};
}

}  // namespace host
