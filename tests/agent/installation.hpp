#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/temp_folder.hpp"

namespace agent_test {

struct Output {
  int status{};  ///< 128 + signal if it was killed.
  std::string out{};
  std::string err{};
  nlohmann::json json() const { return nlohmann::json::parse(out); }
};

/// A folder with the programs, a data folder and the sample input: adjutant as on a machine of its
/// own. The time is the sample's morning.
class Installation {
 public:
  Installation();

  /// Runs adjutant with these words and waits for it.
  Output run(const std::vector<std::string>& words) const;
  /// Starts it; `wait` gives what came of it.
  struct Running {
    pid_t pid{};
    std::filesystem::path out{};
    std::filesystem::path err{};
  };
  Running start(const std::vector<std::string>& words) const;
  static Output wait(const Running& running);

  /// `adjutant day` on the sample's mail, calendar and documents, with these words added.
  Output day(std::vector<std::string> words) const;
  /// The sample's tasks and profile, as the user's word.
  void feed() const;

  /// Puts the counting proxy in the place of every server.
  void count_calls(long kill_at = 0) const;
  /// Returns once no counted server runs any more, not even an orphan.
  void wait_for_servers() const;
  /// "server tool sha256" of each call that reached a server, sorted.
  std::vector<std::string> calls() const;
  /// The same of each call that the audit allowed.
  std::vector<std::string> audited() const;

  /// Puts a scripted server in the place of one of ours.
  void script(const std::string& server, const std::string& mode) const;

  /// Paths and contents of everything the user named.
  std::map<std::string, std::string> belongings() const;

  std::filesystem::path data() const { return folder_.path() / "data"; }
  std::filesystem::path bin() const { return folder_.path() / "bin"; }
  std::filesystem::path mail() const { return folder_.path() / "mail"; }
  std::filesystem::path calendar() const { return folder_.path() / "calendar.ics"; }
  std::filesystem::path documents() const { return folder_.path() / "documents"; }

 private:
  test::TempFolder folder_;
};

std::string read(const std::filesystem::path& file);
void write(const std::filesystem::path& file, const std::string& text);

}  // namespace agent_test
