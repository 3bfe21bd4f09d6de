#include "host/commands/target.hpp"

#include <stdexcept>

#include "host/commands/session.hpp"
#include "host/tools/shell_word.hpp"

namespace host {

namespace {

/// Of a call, where the configuration says nothing else: who waits longer thinks that it hangs.
constexpr auto kTestTimeout = std::chrono::seconds(10);

/// A session that keeps nothing in the user's folder, with the user's configuration.
Options apart(const Options& options, const harness::Throwaway& folder) {
  Options changed = options;
  if (!options.config) changed.config = config_file(options.data);
  changed.data = folder.data();
  return changed;
}

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

Target find_target(const Options& options, const std::string& server) {
  Target target{.folder = std::make_unique<harness::Throwaway>()};
  const Session session(apart(options, *target.folder));
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

}  // namespace host
