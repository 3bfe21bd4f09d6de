#include "servers/common/options.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace common {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

void add_options(CLI::App& app, const OptionsSpec& spec, Options& options) {
  app.add_flag_callback(
      "--stdio", [] {}, "Serve one client on standard input and output (the default)");
  app.add_option("--data", options.data, "The folder that holds everything Adjutant keeps")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_flag("--read-only", options.read_only, "Offer only tools that change nothing");
  app.add_option("--tools", options.tools, "Offer only these tools; 'all' lists the rare ones too")
      ->type_name("NAME,..|all")
      ->delimiter(',')
      ->allow_extra_args(false);  // what follows are folders
  app.add_option("--root", options.roots, "A folder that path arguments may reach; repeatable")
      ->type_name("DIR")
      ->take_all()
      ->allow_extra_args(false);
  if (spec.mail) {
    app.add_option("--mail", options.mail, "The Maildir to work on")->type_name("MAILDIR");
  }
  app.add_option("--zone", options.zone, "The user's time zone, e.g. Europe/Warsaw")
      ->type_name("IANA")
      ->capture_default_str();
  app.add_option("--now", options.now, "Let the clock start at this RFC 3339 time")->type_name("T");
  app.add_option("--clock", options.clock, "Read the time from this file at each call")
      ->type_name("FILE");
  app.add_option("--log-level", options.log_level, "What is logged to standard error")
      ->check(CLI::IsMember({"trace", "debug", "info", "warning", "error", "off"}))
      ->capture_default_str();
  app.set_version_flag("--version", std::string(spec.program) + " " + std::string(version()));
}

}  // namespace

std::variant<Options, Leave> parse_options(const OptionsSpec& spec, int argc,
                                           const char* const* argv) {
  Options options{.data = default_data_folder(), .zone = system_zone()};
  CLI::App app(std::string(spec.description), std::string(spec.program));
  add_options(app, spec, options);
  std::vector<std::filesystem::path> folders;
  if (spec.folders) app.add_option("folders", folders, "The same as --root")->type_name("DIR");
  try {
    app.parse(argc, argv);
    options.roots.insert(options.roots.end(), folders.begin(), folders.end());
    return options;
  } catch (const CLI::ParseError& left) {
    std::ostringstream out;
    std::ostringstream err;
    const int status = app.exit(left, out, err);
    return Leave{.status = status, .text = status == 0 ? out.str() : err.str()};
  }
}

std::string_view version() {
  return ADJUTANT_VERSION;
}

std::filesystem::path default_data_folder() {
  const std::string data_home = environment("XDG_DATA_HOME");
  if (data_home.starts_with('/')) return std::filesystem::path(data_home) / "adjutant";
  const std::string home = environment("HOME");
  return std::filesystem::path(home.empty() ? "." : home) / ".local" / "share" / "adjutant";
}

std::string system_zone() {
  std::string zone = environment("TZ");
  if (zone.starts_with(':')) zone.erase(0, 1);
  if (!zone.empty() && !zone.starts_with('/')) return zone;
  std::error_code failed;
  const std::string link = std::filesystem::read_symlink("/etc/localtime", failed).string();
  constexpr std::string_view kFolder = "zoneinfo/";
  if (const std::size_t at = link.find(kFolder); at != std::string::npos) {
    return link.substr(at + kFolder.size());
  }
  std::ifstream named("/etc/timezone");
  return named >> zone ? zone : "UTC";
}

}  // namespace common
