#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace common {

/// What every server takes on its command line.
struct Options {
  std::filesystem::path data{};      ///< The suite's folder; a server keeps to `data/<server>/`.
  bool read_only{};                  ///< Offer the reading tools alone.
  std::vector<std::string> tools{};  ///< Names, or "all"; empty: those listed by default.
  std::vector<std::filesystem::path> roots{};  ///< Folders that path arguments may reach.
  std::filesystem::path mail{};                ///< email: the Maildir.
  std::string zone{};                          ///< IANA; of the system where none was given.
  std::string now{};              ///< The clock starts there and runs; empty: the real time.
  std::filesystem::path clock{};  ///< A file that holds the time (wins over `now`).
  std::string log_level{"warning"};
};

/// Which options beyond the common ones a server has.
struct OptionsSpec {
  std::string_view program{};      ///< "adjutant-tasks"
  std::string_view description{};  ///< A sentence for --help.
  bool mail{};                     ///< --mail MAILDIR
  bool folders{};                  ///< Folders as positional arguments, the same as --root.
};

/// The command line is done with (--help, --version, or a mistake): print `text` and leave with
/// `status`.
struct Leave {
  int status{};
  std::string text{};
};

std::variant<Options, Leave> parse_options(const OptionsSpec& spec, int argc,
                                           const char* const* argv);

/// Of all programs of the suite.
std::string_view version();
/// `$XDG_DATA_HOME/adjutant`, else `~/.local/share/adjutant`.
std::filesystem::path default_data_folder();
/// The IANA name of the machine's zone: TZ, /etc/localtime, /etc/timezone; else "UTC".
std::string system_zone();

}  // namespace common
