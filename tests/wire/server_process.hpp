#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wire {

/// A server's real program with its pipes in hand, byte for byte. Deliberately not the product's
/// own child process and line reader: what is tested here should not vouch for itself.
class ServerProcess final {
 public:
  /// Starts the program; its standard error goes to the file `errors`.
  ServerProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                const std::filesystem::path& errors);
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  /// Kills what finish() has not ended.
  ~ServerProcess();

  static constexpr auto kPatience = std::chrono::seconds(60);

  /// Writes all of the bytes, and takes in meanwhile what the server writes, so that neither side
  /// waits for the other. False if the server stopped reading.
  bool send(std::string_view bytes);

  /// The next line of the answer, without its end; nothing if the server ended or kept silent.
  std::optional<std::string> receive(std::chrono::milliseconds patience = kPatience);

  pid_t pid() const { return pid_; }

  /// Closes the server's input and waits for its end. The exit status, or -1 if it had to be
  /// killed.
  int finish();

 private:
  bool take_in();
  std::optional<std::string> take_line();

  pid_t pid_{-1};
  int in_{-1};
  int out_{-1};
  std::string bytes_{};
};

}  // namespace wire
