#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/wire/server_process.hpp"

namespace bench {

/// A server and the leanest client that it can have: a line is written, and a line with the same id
/// is awaited. Nothing is parsed and no thread is crossed, so what is measured is the server and
/// two pipes; a client that parses adds the same to every server, and hides how they differ.
class AskedServer final {
 public:
  /// `cores` as taskset has them ("0", "0,1"). Returns once it is initialized.
  AskedServer(const std::string& cores, std::vector<std::string> command,
              const std::filesystem::path& errors);

  /// How long an answer took, in milliseconds. `arguments` is a JSON object. Throws if the answer
  /// is an error.
  double call(const std::string& tool, const std::string& arguments);
  double ping();
  /// The same call `count` times in one write, until all are answered.
  double burst(const std::string& tool, const std::string& arguments, int count);

  const std::string& last_answer() const { return answer_; }

 private:
  double ask(const std::string& method, const std::string& params);
  std::string line(const std::string& method, const std::string& params);

  wire::ServerProcess process_;
  int last_id_{};
  std::string answer_{};
};

}  // namespace bench
