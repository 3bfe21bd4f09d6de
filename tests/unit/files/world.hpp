#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "schemas/files/copy_file.hpp"
#include "schemas/files/create_directory.hpp"
#include "schemas/files/delete_files.hpp"
#include "schemas/files/edit_file.hpp"
#include "schemas/files/move_file.hpp"
#include "schemas/files/undo_files_change.hpp"
#include "schemas/files/write_file.hpp"
#include "servers/files/context.hpp"
#include "tests/temp_folder.hpp"
#include "tests/unit/files/memory_folder.hpp"
#include "tests/unit/files/tree_dump.hpp"
#include "tests/unit/servers_common/hand_clock.hpp"
#include "tests/unit/servers_common/write_file.hpp"

namespace test {

/// What a files server finds around it: root/ is its first folder, far/ lies on the disk.
class FilesWorld {
 public:
  FilesWorld() { std::filesystem::create_directory(root); }

  std::unique_ptr<files::Context> start() const {
    return std::make_unique<files::Context>(common::Surroundings{
        .options = options, .folder = own, .times = times, .roots = roots, .settings = settings});
  }
  void plant(const std::string& name, std::string_view bytes) const {
    write_file(root / name, bytes);
  }

  MemoryFolder near{};
  TempFolder far{};
  std::filesystem::path root{near.path() / "root"};
  std::filesystem::path data{near.path() / "data"};
  std::filesystem::path own{data / "files"};
  HandClock clock{};
  common::Times times{clock, *common::Zone::find("Europe/Warsaw")};
  common::Options options{.data = data};
  common::Roots roots{(std::filesystem::create_directory(root),
                       std::vector<std::filesystem::path>{root, far.path()})};
  common::Settings settings{};
};

/// One server in the hands of one client. A refused call throws mcp::ToolError.
class Hand {
  template <class Work>
  auto run(const char* tool, Work work) {
    mcp::Call call(tool, actor_);
    auto result = work(call);
    change_id = call.change_id();
    return result;
  }

 public:
  explicit Hand(const FilesWorld& world, std::string actor = "ann")
      : context(world.start()), actor_(std::move(actor)) {}

  std::string write(const std::string& path, const std::string& content) {
    return run("write_file",
               [&](mcp::Call& call) {
                 return files::write_file(*context, {.path = path, .content = content}, call);
               })
        .content;
  }
  std::string edit(const std::string& path, const std::string& old, const std::string& with,
                   bool dry_run = false) {
    return run("edit_file",
               [&](mcp::Call& call) {
                 return files::edit_file(
                     *context, {.path = path, .edits = {{old, with}}, .dryRun = dry_run}, call);
               })
        .content;
  }
  void make(const std::string& path) {
    run("create_directory",
        [&](mcp::Call& call) { return files::create_directory(*context, {.path = path}, call); });
  }
  void move(const std::string& from, const std::string& to) {
    run("move_file", [&](mcp::Call& call) {
      return files::move_file(*context, {.source = from, .destination = to}, call);
    });
  }
  files::CopyFileResult copy(const std::string& from, const std::string& to, bool dry_run = false) {
    return run("copy_file", [&](mcp::Call& call) {
      return files::copy_file(*context, {.source = from, .destination = to, .dry_run = dry_run},
                              call);
    });
  }
  files::DeleteFilesResult remove(const std::vector<std::string>& paths, bool dry_run = false) {
    return run("delete_files", [&](mcp::Call& call) {
      return files::delete_files(*context, {.paths = paths, .dry_run = dry_run}, call);
    });
  }
  common::UndoResult undo(const common::UndoArgs& args = {}) {
    return run("undo_files_change",
               [&](mcp::Call& call) { return files::undo_files_change(*context, args, call); });
  }

  std::unique_ptr<files::Context> context;
  std::string change_id{};  ///< Of the last call; empty if it changed nothing.

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
