#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/email/flag_messages.hpp"
#include "schemas/email/get_messages.hpp"
#include "schemas/email/move_messages.hpp"
#include "schemas/email/search_messages.hpp"
#include "schemas/email/send_drafts.hpp"
#include "schemas/email/undo_email_change.hpp"
#include "servers/email/context.hpp"
#include "tests/temp_folder.hpp"

namespace test {

inline void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

/// Every file beneath a folder and what it holds.
inline std::map<std::string, std::string> tree(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = std::filesystem::relative(entry.path(), folder).string();
    files[entry.is_directory() ? name + "/" : name] =
        entry.is_directory() ? "" : bytes_of(entry.path());
  }
  return files;
}

struct Letter {
  std::string from{"Anna Nowak <anna@example.com>"};
  std::string to{"Maja <maja@example.org>"};
  std::string subject{"Hello"};
  std::string date{"Mon, 16 Mar 2026 08:00:00 +0100"};
  std::string message_id{};
  std::string more{};  ///< Header lines, each with its line break.
  std::string text{"How are you?\n"};

  std::string bytes() const {
    std::string out =
        "From: " + from + "\nTo: " + to + "\nSubject: " + subject + "\nDate: " + date + "\n";
    if (!message_id.empty()) out += "Message-ID: <" + message_id + ">\n";
    return out + more + "\n" + text;
  }
};

/// A mail server's surroundings: a Maildir++ with an archive, and Mon 2026-03-16 09:00 in Warsaw.
class MailWorld {
 public:
  MailWorld() {
    for (const char* const name :
         {"cur", "new", "tmp", ".Archive/cur", ".Archive/new", ".Archive/tmp"})
      std::filesystem::create_directories(maildir / name);
  }

  /// Puts a message there as a delivery agent or another mail program would: "new/1.host".
  void deliver(const std::string& path, const std::string& bytes) const {
    write_file(maildir / "tmp/delivery", bytes);
    std::filesystem::rename(maildir / "tmp/delivery", maildir / path);
  }
  void rename(const std::string& from, const std::string& to) const {
    std::filesystem::rename(maildir / from, maildir / to);
  }
  std::vector<std::string> files(const std::string& path) const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(maildir / path))
      names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
  }

  /// The server, started: a new one each time.
  std::unique_ptr<email::Context> start() const {
    return std::make_unique<email::Context>(common::Surroundings{
        .options = options, .folder = data, .times = times, .roots = roots, .settings = settings});
  }

  TempFolder folder{};
  std::filesystem::path maildir{folder / "Maildir"};
  std::filesystem::path data{folder / "data/email"};
  common::StillClock clock{std::chrono::sys_days{std::chrono::year{2026} / 3 / 16} +
                           std::chrono::hours(8)};
  common::Times times{clock, *common::Zone::find("Europe/Warsaw")};
  common::Options options{.mail = maildir};
  common::Roots roots{{}};
  common::Settings settings{};
};

/// One server in the hands of one client.
class Client {
 protected:
  template <class Work>
  auto run(const char* tool, Work work) {
    mcp::Call call(tool, actor_);
    auto result = work(call);
    change_id = call.change_id();
    return result;
  }

 public:
  explicit Client(const MailWorld& world, std::string actor = "ann")
      : context(world.start()), actor_(std::move(actor)) {}

  email::MessagePage search(const std::string& query, email::SearchMessagesArgs args = {}) {
    args.query = query;
    return run("search_messages",
               [&](mcp::Call& call) { return email::search_messages(*context, args, call); });
  }
  /// The subjects that a search finds, newest first.
  std::vector<std::string> subjects(const std::string& query, email::SearchMessagesArgs args = {}) {
    std::vector<std::string> out;
    for (const email::Message& message : search(query, std::move(args)).messages)
      out.push_back(message.subject);
    return out;
  }
  /// The id of the only message that a search finds.
  std::string id(const std::string& query, const std::string& mailbox = {}) {
    const email::MessagePage page = search(query, {.mailbox = mailbox});
    if (page.messages.size() == 1) return page.messages.front().id;
    ADD_FAILURE() << query << " finds " << page.messages.size() << " messages";
    return {};
  }
  email::GetMessagesResult get(email::GetMessagesArgs args) {
    return run("get_messages",
               [&](mcp::Call& call) { return email::get_messages(*context, args, call); });
  }
  email::Counted flag(const email::FlagMessagesArgs& args) {
    return run("flag_messages",
               [&](mcp::Call& call) { return email::flag_messages(*context, args, call); });
  }
  email::Counted move(const email::MoveMessagesArgs& args) {
    return run("move_messages",
               [&](mcp::Call& call) { return email::move_messages(*context, args, call); });
  }
  email::Drafts send(const email::SendDraftsArgs& args) {
    return run("send_drafts",
               [&](mcp::Call& call) { return email::send_drafts(*context, args, call); });
  }
  common::UndoResult undo(const common::UndoArgs& args = {}) {
    return run("undo_email_change",
               [&](mcp::Call& call) { return email::undo_email_change(*context, args, call); });
  }

  std::unique_ptr<email::Context> context;
  std::string change_id{};  ///< Of the last call.

 private:
  std::string actor_;
};

/// What a refused call says.
template <class Work>
std::string refusal(Work work) {
  try {
    work();
  } catch (const mcp::ToolError& error) {
    return error.what();
  }
  return "was not refused";
}

}  // namespace test
