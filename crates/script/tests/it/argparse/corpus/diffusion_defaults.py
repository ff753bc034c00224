"""A dictionary of defaults becomes the arguments, each with the type of its value."""
import argparse


def str2bool(v):
    if isinstance(v, bool):
        return v
    if v.lower() in ("yes", "true", "t", "y", "1"):
        return True
    if v.lower() in ("no", "false", "f", "n", "0"):
        return False
    raise argparse.ArgumentTypeError("boolean value expected")


def diffusion_defaults():
    """Defaults of the diffusion."""
    return dict(learn_sigma=False, diffusion_steps=1000, noise_schedule="linear", timestep_respacing="")


def model_defaults():
    res = dict(image_size=64, num_channels=128, dropout=0.0)
    res.update(diffusion_defaults())
    return res


def add_dict_to_argparser(parser, default_dict):
    for k, v in default_dict.items():
        v_type = type(v)
        if v is None:
            v_type = str
        elif isinstance(v, bool):
            v_type = str2bool
        parser.add_argument(f"--{k}", default=v, type=v_type)


def create_argparser():
    defaults = dict(data_dir="", schedule_sampler="uniform", lr=1e-4, batch_size=1, resume=None)
    defaults.update(model_defaults())
    parser = argparse.ArgumentParser()
    add_dict_to_argparser(parser, defaults)
    return parser


def main():
    args = create_argparser().parse_args()


if __name__ == "__main__":
    main()
